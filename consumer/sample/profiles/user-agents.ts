import type { Random } from '../seed/random';

/** The user agents of mail programs. */
const readerAgents = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.4.0',
  'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.19328; ms-office; MSOffice 16)',
] as const;

/** The user agent and address of a request. */
interface Visitor {
  ipAddress: string;
  userAgent: string;
}

/** A provider's proxy, which fetches images when its user opens the message. */
function imageProxy(random: Random): Visitor {
  return {
    ipAddress: `203.0.113.${random.integer(80, 95)}`,
    userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via GoogleImageProxy)',
  };
}

/** A privacy proxy, which fetches images even if the message is never read. */
function privacyProxy(random: Random): Visitor {
  return { ipAddress: `2001:db8:a0::${random.integer(1, 9999)}`, userAgent: 'Mozilla/5.0' };
}

/** A gateway that follows every link before it delivers the message. */
function linkScanner(random: Random): Visitor {
  return {
    ipAddress: `198.51.100.${random.integer(200, 215)}`,
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/138.0.0.0 Safari/537.36',
  };
}

export { imageProxy, linkScanner, privacyProxy, readerAgents, type Visitor };
