/* An address at which there is nothing: what every page has, its bar and its keys, and the ways on. */
import './lib/page/frame.js';
import { useKeys } from './lib/page/keys.js';

useKeys([]);
