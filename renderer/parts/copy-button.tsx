import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

/** Copies a text, and says so for a moment. `label` names what is copied, for those who do not see the icon. */
export function CopyButton({ text, label, className = '' }: { text: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1600)
    return () => clearTimeout(timer)
  }, [copied])
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      className={`inline-flex items-center rounded-sm p-1 text-ink-3 hover:text-ink ${className}`}
      aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
      title={copied ? 'Copied' : `Copy ${label}`}
      onClick={() => {
        void copyText(text).then(() => setCopied(true))
      }}
    >
      <Icon size={13} className={copied ? 'text-ok' : ''} />
    </button>
  )
}

/** Puts a text on the clipboard, also where the modern way is closed: over plain HTTP, and in the desktop shell. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    return
  } catch {
    // Not there, or not permitted: the old way needs neither.
  }
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'fixed opacity-0'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
