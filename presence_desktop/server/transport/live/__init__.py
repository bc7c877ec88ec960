"""The live link as the product sees it: who is let in, the events taken and answered, who is told what."""
