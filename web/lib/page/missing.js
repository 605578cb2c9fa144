/* An address at which there is nothing: what every page has, its bar and its keys, and the ways on. */
import './frame.js';
import { useKeys } from './keys.js';

useKeys([]);
