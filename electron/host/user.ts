import { userInfo } from 'node:os'
import { Author } from '#shared/model/author.ts'

/** The machine's user as an author; "me" where the machine does not say or the name would not do. */
export function userOfMachine(): Author {
  try {
    return Author.parse(userInfo().username)
  } catch {
    return Author.parse('me')
  }
}
