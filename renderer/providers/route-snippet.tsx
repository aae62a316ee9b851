import { CodeBlock } from '../parts/code-block.tsx'

/** How a provider is put to use: a route names it in a target. */
export function RouteSnippet({ provider, model }: { provider: string; model: string | null }) {
  return (
    <>
      <p className="mb-2 text-sm text-ink-2">
        A provider is used where a route names it. In the config file, with the model of your choice:
      </p>
      <CodeBlock text={routeLines(provider, model)} label="the route" />
    </>
  )
}

function routeLines(provider: string, model: string | null): string {
  return `routes:
  my-route:
    targets:
      - { provider: ${quoted(provider)}, model: ${quoted(model ?? 'MODEL')} }
`
}

/** As YAML's flow style wants it. */
function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text)
}
