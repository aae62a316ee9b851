import { CopyButton } from './copy-button.tsx'

/** Lines to be copied as they are; `label` names them. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <figure className="relative" aria-label={label}>
      <pre className="code-block">{text}</pre>
      <CopyButton text={text} label={label} className="absolute top-1.5 right-1.5 bg-ground" />
    </figure>
  )
}
