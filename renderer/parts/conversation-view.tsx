import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { PairRow } from '../../server/http/admin/schemas.ts'

type RequestView = NonNullable<NonNullable<PairRow['texts']>['request']>
type ToolCall = RequestView['messages'][number]['toolCalls'][number]

/** What was asked: the last question at first, all of it on demand. */
export function ConversationView({ request }: { request: RequestView }) {
  const [whole, setWhole] = useState(false)
  const { system, question, messages, tools } = request
  const others = messages.length + (system === '' ? 0 : 1) - (question === '' ? 0 : 1)
  const more = [
    ...(others > 0 ? [others === 1 ? '1 other message' : `${others} other messages`] : []),
    ...(tools.length > 0 ? [tools.length === 1 ? '1 tool' : `${tools.length} tools`] : []),
  ]
  return (
    <section className="pair-request" aria-label="Request">
      <div className="flex gap-3">
        <h3 className="label">Asked</h3>
        {more.length > 0 && (
          <button type="button" className="request-more" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            <ChevronRight size={12} aria-hidden data-turned={whole} />
            {whole ? 'only the question' : `with ${more.join(' and ')}`}
          </button>
        )}
      </div>
      {whole ? (
        <div className="grid gap-3">
          {system !== '' && <Message who="system" text={system} />}
          {messages.map((message, index) => (
            <div key={index} className="grid gap-1.5">
              {message.text !== '' && <Message who={message.role} text={message.text} />}
              {message.toolCalls.map((call, at) => (
                <Message key={at} who="calls" text={callText(call)} code />
              ))}
              {message.toolResults.map((result, at) => (
                <Message
                  key={at}
                  who={`${result.name || 'tool'} ${result.isError ? 'failed' : 'says'}`}
                  text={result.text}
                  code
                />
              ))}
            </div>
          ))}
          {tools.length > 0 && (
            <Message
              who="tools"
              text={tools.map(({ name, parameters }) => `${name} ${JSON.stringify(parameters ?? {})}`).join('\n')}
              code
            />
          )}
        </div>
      ) : (
        <p className="pair-text">
          {question === '' ? <span className="text-ink-3">No text of a user.</span> : question}
        </p>
      )}
    </section>
  )
}

function Message({ who, text, code = false }: { who: string; text: string; code?: boolean }) {
  return (
    <div className="request-message">
      <span className="text-xs text-ink-3">{who}</span>
      <p className={`pair-text ${code ? 'font-mono text-xs' : ''}`}>{text}</p>
    </div>
  )
}

function callText({ name, arguments: text }: ToolCall): string {
  return `${name} ${text}`
}
