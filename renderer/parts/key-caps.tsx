const printed: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  ' ': 'Space',
  'mod+k': '⌘/Ctrl K',
  'mod+Enter': '⌘/Ctrl ↵',
}

/** Keys as caps, one for each that is pressed in turn. `keys` is written as in a `KeyBinding`. */
export function KeyCaps({ keys }: { keys: string }) {
  const strokes = keys === ' ' ? [keys] : keys.split(' ')
  return (
    <span className="inline-flex gap-1">
      {strokes.map((stroke) => (
        <kbd key={stroke} className="key">
          {printed[stroke] ?? (stroke.length === 1 ? stroke.toUpperCase() : stroke)}
        </kbd>
      ))}
    </span>
  )
}
