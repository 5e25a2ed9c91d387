import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import type { AnyRouter } from '@orpc/server';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The contract as OpenAPI 3.1: what is documented is what is checked. */
export function generateOpenApi(router: AnyRouter): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(router, {
    info: {
      title: 'Ahoy',
      version: '1',
      description:
        'Every change is one request, idempotent by an id that the client chooses. Sign in at /identity/sign-in and send the access token as a bearer token. Errors carry a stable `code`.',
    },
    servers: [{ url: '/api' }],
    security: [{ accessToken: [] }],
    components: { securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } } },
  });
}

/** Answers which methods a path below /api has: none for an unknown path. */
export function createMethodLookup(document: OpenAPI.Document): (path: string) => string[] {
  const routes = Object.entries(document.paths ?? {}).map(([template, item]) => ({
    pattern: new RegExp(
      `^${template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`,
    ),
    methods: METHODS.filter((method) => item?.[method]).map((method) => method.toUpperCase()),
  }));
  return (path) => routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
}
