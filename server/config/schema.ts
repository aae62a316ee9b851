import Type, { type Static } from 'typebox'
import type { Catalogue } from './catalogue.ts'
import { Annotation } from './schema-annotation.ts'
import { closed, Duration, Size } from './schema-basics.ts'
import { Cache } from './schema-cache.ts'
import { Guardrails } from './schema-guardrails.ts'
import { Provider } from './schema-provider.ts'
import { Route } from './schema-route.ts'

const Server = Type.Object(
  {
    hosts: Type.Optional(
      Type.Array(Type.String(), { description: 'further names under which clients call the gateway', default: [] }),
    ),
    origins: Type.Optional(
      Type.Array(Type.String({ pattern: '^https?://[^/]+$', expects: 'an origin such as https://app.example' }), {
        description: 'web pages that may call /v1 from a browser',
        default: [],
      }),
    ),
    max_body: Type.Optional(Size('largest request body', '32MB')),
    max_reply: Type.Optional(Size('largest unary reply held in memory', '64MB')),
    max_requests: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'requests under way at once; further ones get 429',
        default: 20_000,
      }),
    ),
    max_buffered: Type.Optional(Size('request bodies in memory at once, all together; further ones get 429', '512MB')),
    drain: Type.Optional(Duration('how long running requests may take to finish when the gateway stops', '30s')),
  },
  { ...closed, description: 'the gateway as a web server' },
)

/** The schema of the config file for what this build offers. It validates, and it is the documentation. */
export function configSchema(catalogue: Catalogue) {
  return Type.Object(
    {
      version: Type.Literal(1, { expects: '1', description: 'version of this format' }),
      anonymous: Type.Optional(
        Type.Enum(['loopback', 'off'], {
          description: 'who may call without a key: programs on this machine (tenant `local`), or nobody',
          default: 'loopback',
        }),
      ),
      direct_access: Type.Optional(
        Type.Boolean({ description: 'let apps name provider/model instead of a route', default: false }),
      ),
      server: Type.Optional(Server),
      egress: Type.Optional(
        Type.Object(
          {
            mode: Type.Optional(
              Type.Enum(['sealed', 'open'], {
                description: 'sealed: only loopback and the allow list; open: every configured provider',
                default: 'open',
              }),
            ),
            allow: Type.Optional(
              Type.Array(Type.String(), { description: 'addresses, CIDR ranges or host names', default: [] }),
            ),
          },
          { ...closed, description: 'what the gateway may dial' },
        ),
      ),
      cache: Type.Optional(Cache),
      guardrails: Type.Optional(
        Guardrails(
          catalogue,
          'guardrails of every route, and of calls that name provider/model; before the route’s own',
        ),
      ),
      annotation: Type.Optional(Annotation),
      providers: Type.Optional(
        Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' }), Provider(catalogue), {
          ...closed,
          description: 'upstreams by id; `sandbox` is there without being listed',
        }),
      ),
      routes: Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' }), Route(catalogue), {
        ...closed,
        description: 'what apps name in `model`',
      }),
    },
    { ...closed, $id: 'gatehouse-config', title: 'Gatehouse configuration' },
  )
}

export type ConfigDocument = Static<ReturnType<typeof configSchema>>
export type RouteDocument = ConfigDocument['routes'][string]
export type ProviderDocument = NonNullable<ConfigDocument['providers']>[string]
