import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { wholePage } from '../pages/layout';
import { RefusedPage } from '../pages/refused-page';
import { cookieValue, isSameSecret } from './secret';

/** The parameter of an address that contains the token. */
const tokenParameter = 'token';

/** The secret of a server, and its port, which is in the name of its cookie: cookies do not depend on the port. */
interface AccessOptions {
  token: string;
  port: number;
}

/** Returns the address of a request without its token. It begins with one slash, so that it cannot name another server. */
function withoutToken(url: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete(tokenParameter);
  const query = searchParams.toString();
  return `/${pathname.replace(/^[/\\]+/, '')}${query === '' ? '' : `?${query}`}`;
}

/**
 * Admits requests with the token or the cookie. The token sets the cookie and leads to the same address without the token,
 * so that the token does not remain in the history of the browser. Others get a page that explains how to open the pages.
 */
function requireAccess({ token, port }: AccessOptions): MiddlewareHandler {
  const name = `ses_events_${port}`;
  const value = cookieValue(token, port);
  const hasCookie = (context: Context) => isSameSecret(getCookie(context, name) ?? '', value);
  return async (context, next) => {
    const given = context.req.query(tokenParameter);
    const isGiven = given !== undefined && isSameSecret(given, token);
    if (!isGiven && !hasCookie(context))
      return context.html(
        wholePage(<RefusedPage isWrong={given !== undefined} address={withoutToken(context.req.url)} />),
        403,
      );
    if (given === undefined) return next();
    if (isGiven) setCookie(context, name, value, { path: '/', httpOnly: true, sameSite: 'Strict' });
    return context.redirect(withoutToken(context.req.url), 303);
  };
}

export { requireAccess };
