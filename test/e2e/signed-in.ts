import type { Page } from 'playwright-core'
import { launchBrowser } from '../support/browser.ts'
import type { TestGateway } from '../support/gateway.ts'

export interface SignedIn {
  page: Page
  /** Errors of the page and breaches of its policy, but for answers that it expects. */
  complaints: string[]
  close(): Promise<void>
}

/** A page of a real browser that is signed in to the gateway. `expected` names error lines that are none. */
export async function signIn(gateway: TestGateway, expected = /^$/): Promise<SignedIn> {
  const browser = await launchBrowser()
  const page = await browser.browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
  const complaints: string[] = []
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text())
  })
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.sample}`))",
  )
  await page.goto(gateway.app.signInLink())
  await page.waitForSelector('nav')
  return { page, complaints, close: browser.close }
}
