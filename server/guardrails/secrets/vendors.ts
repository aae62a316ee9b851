/** The form that vendors give their keys: a value beside the vendor's name that has another one is none of theirs. */
const FORMS: readonly [vendor: RegExp, form: RegExp][] = [
  [/meraki/i, /^[0-9a-f]{40}$/],
  [/sumo(?:logic)?/i, /^(?:su[A-Za-z0-9]{12}|[A-Za-z0-9]{64})$/],
  [/discord/i, /^(?:[0-9a-f]{64}|\d{18}|[\w=-]{32}|[\w-]{24,28}\.[\w-]{6}\.[\w-]{27,40}|[A-Za-z0-9+/=_.-]{60,})$/],
  [/datadog/i, /^(?:[0-9a-f]{32}|[0-9a-f]{40})$/],
  [/heroku/i, /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|HRKU-.+)$/i],
  [/mailchimp/i, /^[0-9a-f]{32}-us\d{1,2}$/],
  [/algolia/i, /^[0-9a-f]{32}$/i],
  [/fastly/i, /^[\w=-]{32}$/],
]

/** Whether the value can be what its name says, as far as the name names a vendor. */
export function hasVendorsForm(name: string, value: string): boolean {
  return FORMS.every(([vendor, form]) => !vendor.test(name) || form.test(value))
}
