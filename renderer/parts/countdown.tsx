import { useEffect, useState } from 'react'

/** Whole seconds until a moment, counting down to nothing. */
export function Countdown({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.ceil((Date.parse(until) - now) / 1000)
  if (seconds <= 0) return null
  return <span>{seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} m`}</span>
}
