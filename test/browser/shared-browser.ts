import type { Browser } from 'playwright-core'
import { launchChromium } from './chromium.ts'

let browser: Promise<Browser> | undefined

/** One browser for all test files of this process; it ends with the process. */
export const sharedBrowser = (): Promise<Browser> => (browser ??= launchChromium())
