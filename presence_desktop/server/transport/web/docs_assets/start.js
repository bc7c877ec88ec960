// Shows the server's own OpenAPI document; nothing is asked of any other machine.
window.SwaggerUIBundle({ url: "openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });
