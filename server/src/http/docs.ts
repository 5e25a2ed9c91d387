import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { OpenAPI } from '@orpc/openapi';
import express, { Router } from 'express';

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Ahoy API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

// The badge of the default settings would ask a validator on the internet.
const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

/** The reference page and its source, served from our own origin only. */
export function apiDocs(document: OpenAPI.Document): Router {
  const router = Router();
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(START);
  });
  const files = express.static(folder, { index: false, maxAge: '1h' });
  router.get(
    FILES.map((name) => `/docs/${name}`),
    (request, response, next) => {
      request.url = request.url.replace(/^\/docs/, '');
      files(request, response, next);
    },
  );
  return router;
}
