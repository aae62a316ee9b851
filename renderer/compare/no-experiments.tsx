import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { firstRequestCommand } from '../curl.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { sessionQuery } from '../queries.ts'

const example = `routes:
  support:
    targets: […]
    evaluators: { watch: [non-empty, refusal] }
    mirror:
      target: ollama/qwen3:14b   # the candidate
      sample: 0.1                # of the requests
      self: 0.2                  # of these, once more to the primary
      when: idle
      margins: { success: 0.01, latency_p50: 0.25 }`

/** What to do where nothing is compared yet. */
export function NoExperiments() {
  const session = useQuery(sessionQuery).data
  return (
    <section className="mx-auto w-full max-w-160 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">Nothing is compared yet</h2>
      <p className="mb-5 text-ink-2">
        A route with a <code className="font-mono text-sm text-ink">mirror</code> sends copies of its requests to a
        candidate. Callers do not wait for it, never see it and are not billed for it. Margins say beforehand how much
        worse the candidate may be; what no margin is given for has a usual one.
      </p>
      <CodeBlock text={example} label="a route with a mirror" />
      {session && (
        <>
          <p className="mt-5 mb-2 text-sm text-ink-2">
            Then send requests through it. The first that is drawn begins it.
          </p>
          <CodeBlock text={firstRequestCommand(location.origin, session)} label="the command" />
        </>
      )}
      <p className="mt-5 mb-2 text-sm text-ink-2">
        Or run a dataset or stored traffic through a candidate, without any traffic of today:
      </p>
      <CodeBlock
        text="gatehouse replay --route support --days 7 --candidate ollama/qwen3:14b"
        label="the replay command"
      />
      <Link href="/routes" className="button button-strong mt-5">
        Open Routes
      </Link>
    </section>
  )
}
