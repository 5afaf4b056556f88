package dev.dumpkeeper.ledger;

/**
 * {@link NamesAlikeTests} on a database server.
 */
class NamesAlikeOnServerIntegrationTests extends NamesAlikeTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
