package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TreeWalk} on directories in memory.
 */
class TreeWalkTests {

	private static final int FILE = 1;

	private static final int DIRECTORY = 2;

	private static final int LINK = 3;

	private static final int PIPE = 4;

	/** An access in this century, as a pod's. */
	private static final long SOME_TIME = 1_700_000_000_000_000L;

	private final Map<Long, TreeMap<byte[], DirectoryEntry>> directories = new HashMap<>();

	private final List<String> linked = new ArrayList<>();

	private long inodes = 1;

	private int reads;

	@Test
	void aDirectorySortsByItsSlash() {
		add("a/x", "a-b", "a!", "a0", "a.b", "ab", "a.d/x", "a-/x", "a-/-x", "A", "a\u00fc");
		assertThat(walk(1000)).containsExactly("A", "a!", "a-/-x", "a-/x", "a-b", "a.b", "a.d/x", "a/x", "a0", "ab",
				"a\u00fc");
	}

	@Test
	void anEmptyDirectoryIsShownAndOneWithSomethingInItIsNot() {
		directory("empty");
		directory("full/empty");
		add("full/a");
		assertThat(walk(1000)).containsExactly("empty/", "full/a", "full/empty/");
	}

	@Test
	void aDirectoryThatTheGatewayMadeIsShownOnceEmptyOrNot() {
		marked("empty");
		marked("full");
		add("full/a");
		assertThat(walk(1000)).containsExactly("empty/", "full/", "full/a");
	}

	@Test
	void theVolumeItselfIsNoKey() {
		this.directories.put(1L, new TreeMap<>(Arrays::compareUnsigned));
		assertThat(walk(1000)).isEmpty();
	}

	@Test
	void whatIsNoFileIsNamedAsLinkedAndNotFollowed() {
		entry("a/link", LINK, SOME_TIME);
		entry("a/pipe", PIPE, SOME_TIME);
		add("a/x");
		assertThat(walk(1000)).containsExactly("a/x");
		assertThat(this.linked).containsExactly("a/link", "a/pipe");
	}

	@Test
	void aDirectoryOfLinksAloneIsNotEmpty() {
		entry("a/link", LINK, SOME_TIME);
		assertThat(walk(1000)).isEmpty();
		assertThat(this.linked).containsExactly("a/link");
	}

	@Test
	void namesThatAreNotUtf8AreShownAsTheGatewayShowsThem() {
		put(1, new byte[] { 'a', (byte) 0xFF, 'b' }, FILE, SOME_TIME);
		put(1, new byte[] { 'a', '/', 'b' }, FILE, SOME_TIME);
		assertThat(walk(1000)).containsExactly("a\uFFFDb", "a\uFFFDb");
	}

	@Test
	void aPageHasAThousandNamesAndTheLastOneHasNoToken() throws SQLException {
		for (int i = 0; i < 2500; i++) {
			add("f" + i);
		}
		TreeWalk walk = new TreeWalk(this::read, 1);
		ListingPage first = walk.next();
		ListingPage second = walk.next();
		ListingPage third = walk.next();
		assertThat(List.of(first.entries().size(), second.entries().size(), third.entries().size()))
			.containsExactly(1000, 1000, 500);
		assertThat(first.next()).isNotNull().isNotEqualTo(second.next());
		assertThat(third.next()).isNull();
	}

	@Test
	void outerDirectoriesGiveTheirPlaceInMemoryToInnerOnes() {
		String path = "";
		for (int depth = 0; depth < 60; depth++) {
			for (int i = 0; i < 20; i++) {
				add(path + "f%02d".formatted(i), path + "z%02d".formatted(i));
			}
			path += "m/";
		}
		List<String> names = walk(10, 30);
		assertThat(names).hasSize(60 * 40).isSortedAccordingTo(ObjectKey::compare);
		// Without forgetting it would be 5 pages a directory; each is read again once.
		assertThat(this.reads).isBetween(60 * 5, 60 * 7);
	}

	@Test
	void directoriesInEachOtherWithoutAnEndAreCutOff() {
		long inode = 2;
		put(1, bytes("d"), DIRECTORY, SOME_TIME);
		// A directory that holds itself.
		this.directories.put(inode, new TreeMap<>(Arrays::compareUnsigned));
		this.directories.get(inode)
			.put(bytes("deeper"), new DirectoryEntry(bytes("deeper"), DIRECTORY, inode, 0, 0, 0, SOME_TIME));
		assertThat(walk(1000)).singleElement()
			.satisfies((name) -> assertThat(ObjectKey.parse(name)).isEmpty())
			.satisfies((name) -> assertThat(name).doesNotEndWith("/"));
	}

	@Test
	void anyTreeIsListedInTheOrderOfItsKeys() {
		for (int seed = 0; seed < 300; seed++) {
			this.directories.clear();
			this.linked.clear();
			Random random = new Random(seed);
			TreeSet<String> keys = new TreeSet<>(ObjectKey::compare);
			grow(random, 1, "", 0, keys);
			assertThat(walk(1 + random.nextInt(4), random.nextInt(6))).as("seed %d", seed)
				.containsExactlyElementsOf(keys);
		}
	}

	/** Names of few letters on either side of a slash, so that they begin alike. */
	private void grow(Random random, long parent, String prefix, int depth, TreeSet<String> keys) {
		int count = random.nextInt(8);
		this.directories.computeIfAbsent(parent, (inode) -> new TreeMap<>(Arrays::compareUnsigned));
		for (int i = 0; i < count; i++) {
			StringBuilder name = new StringBuilder();
			for (int length = 1 + random.nextInt(4); length > 0; length--) {
				name.append(new String[] { "a", "-", ".", "0", "\u0001", "\u00fc", "\uFF5E", "\ud83d\ude00" }[random
					.nextInt(8)]);
			}
			String text = name.toString();
			if (text.equals(".") || text.equals("..") || this.directories.get(parent).containsKey(bytes(text))) {
				continue;
			}
			boolean directory = depth < 5 && random.nextBoolean();
			boolean marked = directory && random.nextInt(4) == 0;
			long inode = put(parent, bytes(text), directory ? DIRECTORY : FILE, marked ? 0 : SOME_TIME);
			if (directory) {
				if (marked) {
					keys.add(prefix + text + "/");
				}
				grow(random, inode, prefix + text + "/", depth + 1, keys);
			}
			else {
				keys.add(prefix + text);
			}
		}
		if (parent > 1 && this.directories.get(parent).isEmpty()) {
			keys.add(prefix);
		}
	}

	private List<String> walk(int read) {
		return walk(read, 1000);
	}

	private List<String> walk(int read, int maxBuffered) {
		TreeWalk walk = new TreeWalk(this::read, 1, read, maxBuffered);
		List<String> names = new ArrayList<>();
		try {
			for (ListingPage page = walk.next();; page = walk.next()) {
				page.entries().stream().map(ObjectEntry::name).forEach(names::add);
				this.linked.addAll(page.linked());
				if (page.next() == null) {
					return names;
				}
			}
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
	}

	private DirectoryReader.Page read(long directory, byte[] after, int limit) {
		this.reads++;
		List<DirectoryEntry> rest = this.directories.getOrDefault(directory, new TreeMap<>(Arrays::compareUnsigned))
			.tailMap(after, false)
			.values()
			.stream()
			.limit(limit)
			.toList();
		return new DirectoryReader.Page(rest, rest.isEmpty() ? after : rest.get(rest.size() - 1).name(),
				rest.size() < limit);
	}

	private void add(String... paths) {
		for (String path : paths) {
			entry(path, FILE, SOME_TIME);
		}
	}

	private void directory(String path) {
		entry(path, DIRECTORY, SOME_TIME);
	}

	private void marked(String path) {
		entry(path, DIRECTORY, 0);
	}

	private void entry(String path, int type, long atime) {
		long parent = 1;
		String[] names = path.split("/");
		for (int i = 0; i < names.length - 1; i++) {
			DirectoryEntry there = this.directories
				.computeIfAbsent(parent, (inode) -> new TreeMap<>(Arrays::compareUnsigned))
				.get(bytes(names[i]));
			parent = (there != null) ? there.inode() : put(parent, bytes(names[i]), DIRECTORY, SOME_TIME);
		}
		put(parent, bytes(names[names.length - 1]), type, atime);
	}

	private long put(long parent, byte[] name, int type, long atime) {
		long inode = ++this.inodes;
		this.directories.computeIfAbsent(parent, (directory) -> new TreeMap<>(Arrays::compareUnsigned))
			.put(name, new DirectoryEntry(name, type, inode, 1, SOME_TIME, 0, atime));
		return inode;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
