import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import { queryClient } from './queries.ts'
import { takeCodeFromAddress } from './sign-in-code.ts'
import './styles/main.css'
import { applyTheme } from './theme.ts'

const code = takeCodeFromAddress()
applyTheme()
listenToKeys()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <App code={code} />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
