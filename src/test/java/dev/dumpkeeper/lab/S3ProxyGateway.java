package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.jspecify.annotations.Nullable;

/**
 * S3Proxy in this JVM, over a temporary directory. It starts at once and is well behaved:
 * the gateway for everything that does not hang on JuiceFS's own manners.
 */
public final class S3ProxyGateway implements TestGateway {

	private final Path root;

	private final S3Proxy server;

	private S3ProxyGateway(Path root) throws Exception {
		this.root = root;
		Properties properties = new Properties();
		properties.setProperty("jclouds.filesystem.basedir", root.toString());
		this.server = S3Proxy.builder()
			.blobStore(BlobStores.create("filesystem-nio2", properties))
			.endpoint(URI.create("http://127.0.0.1:0"))
			.awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
			.stopTimeout(0)
			.build();
		this.server.start();
	}

	/**
	 * Starts a gateway.
	 * @param tree what its volume holds: files and directories, the ones at the top being
	 * the buckets
	 * @return the running gateway
	 */
	public static S3ProxyGateway start(Tree tree) {
		Path root = Lab.temporaryDirectory("s3proxy");
		tree.forEach((path, node) -> create(root.resolve(path), node));
		try {
			return new S3ProxyGateway(root);
		}
		catch (Exception ex) {
			Lab.delete(root);
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getPort());
	}

	@Override
	public SortedMap<String, Long> sizes() {
		SortedMap<String, Long> sizes = new TreeMap<>();
		try {
			Files.walkFileTree(this.root, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					if (!directory.equals(S3ProxyGateway.this.root)) {
						sizes.put(name(directory) + "/", 0L);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					sizes.put(name(file), attributes.size());
					return FileVisitResult.CONTINUE;
				}

				// It was there a moment ago: a pass deletes while this reads.
				@Override
				public FileVisitResult visitFileFailed(Path file, IOException failure) {
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return sizes;
	}

	private String name(Path path) {
		return this.root.relativize(path).toString();
	}

	@Override
	public boolean exists(String path) {
		return Files.exists(this.root.resolve(path), LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Writes a file past the gateway.
	 * @param path its path, whose directories are made where they are missing
	 * @param content its bytes
	 * @param lastModified its time
	 */
	public void write(String path, byte[] content, Instant lastModified) {
		Path file = this.root.resolve(path);
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, content);
			Files.setLastModifiedTime(file, FileTime.from(lastModified));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes a file of zeros past the gateway, which takes no space.
	 * @param path its path, whose directories are made where they are missing
	 * @param size its bytes
	 * @param lastModified its time
	 */
	public void writeZeros(String path, long size, Instant lastModified) {
		Path file = this.root.resolve(path);
		try {
			Files.createDirectories(file.getParent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		create(file, new Tree.Node(Tree.Kind.REGULAR, 0600, size, lastModified));
	}

	/**
	 * Where a program that mounts a volume would write.
	 * @param path a path of the gateway
	 * @return the file
	 */
	public Path mounted(String path) {
		return this.root.resolve(path);
	}

	/**
	 * Deletes a file or an empty directory past the gateway.
	 * @param path its path
	 */
	public void delete(String path) {
		try {
			Files.delete(this.root.resolve(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			Lab.delete(this.root);
		}
	}

	private static void create(Path path, Tree.Node node) {
		if (node.kind == Tree.Kind.SYMLINK || node.immutable) {
			throw new IllegalArgumentException("Only JuiceFS has " + path);
		}
		try {
			if (node.kind == Tree.Kind.DIRECTORY) {
				Files.createDirectory(path);
				return;
			}
			try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
				file.setLength(node.size);
			}
			Files.setLastModifiedTime(path, FileTime.from(node.lastModified));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
