import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    full: boolean
  }
}

/** Whether these are all tests (`npm run test:full`), or those that fit into a few minutes (`npm test`). */
export const full: boolean = inject('full')
