package dev.dumpkeeper.digest;

import java.util.List;

/**
 * One message of a digest.
 *
 * @param text markdown of the group robot; the target of each link is a placeholder such
 * as <code>{{dump:17}}</code>, with the dump's number
 * @param groups the numbers of the groups that it reports, in the order of the text
 */
record DigestPage(String text, List<Integer> groups) {

	DigestPage {
		groups = List.copyOf(groups);
	}

}
