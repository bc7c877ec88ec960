"""Who there is, who may come and who may do what: accounts, sign-ins, invites, administration."""
