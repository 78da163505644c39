import { useEffect, useState } from 'react'
import type { AgreementReport, AgreementRequest } from '#shared/contract/agreement.ts'
import { messageOf } from '#shared/contract/errors.ts'
import { useSession } from '#renderer/frame/context.tsx'

export interface Measured { readonly report: AgreementReport | null; /** Whether what is shown is of an earlier question. */ readonly stale: boolean; readonly failure: string | null }

const pauseMs = 150

/** The figures for a question; the last ones stay while new ones are measured. `revision` of the project asks anew. */
export function useAgreement(request: AgreementRequest, revision: number): Measured {
  const { client } = useSession()
  const [shown, setShown] = useState<{ readonly of: string; readonly report: AgreementReport | null; readonly failure: string | null }>({ of: '', report: null, failure: null })
  const question = JSON.stringify([request, revision])
  useEffect(() => {
    let current = true
    const [asked] = JSON.parse(question) as [AgreementRequest]
    const timer = setTimeout(() => {
      client.call('agreement.report', asked).then(
        (report) => current && setShown({ of: question, report, failure: null }),
        (error: unknown) => current && setShown((before) => ({ of: question, report: before.report, failure: messageOf(error) })),
      )
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, question])
  return { report: shown.report, stale: shown.of !== question, failure: shown.failure }
}
