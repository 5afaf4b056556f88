package dev.dumpkeeper.lab;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 proxy that misbehaves on request. It passes the {@code Host} header on as
 * it came, which a signature covers, so a client is simply given {@link #endpoint()} for
 * the gateway's own. The first rule that applies decides what happens to a request;
 * without one it is passed on. Bodies are held in memory.
 */
public final class FaultyProxy implements AutoCloseable {

	private final URI target;

	private final ServerSocket server;

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

	private final List<Served> served = Collections.synchronizedList(new ArrayList<>());

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final CountDownLatch closed = new CountDownLatch(1);

	private FaultyProxy(URI target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	/**
	 * Starts a proxy.
	 * @param target where requests are passed on to, an address without a path
	 * @return the proxy
	 */
	public static FaultyProxy to(URI target) {
		try {
			FaultyProxy proxy = new FaultyProxy(target);
			proxy.inBackground(proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where the proxy listens.
	 * @return its address, without a path
	 */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Adds a rule, behind those that are there.
	 * @param predicate which requests it is for
	 * @return the rule, still without an action
	 */
	public Rule on(Predicate<Request> predicate) {
		return new Rule(predicate);
	}

	/**
	 * Adds a rule for a method and a part of the target.
	 * @param method the method
	 * @param part what the path with the query contains
	 * @return the rule, still without an action
	 */
	public Rule on(String method, String part) {
		return on((request) -> request.method().equals(method) && request.target().contains(part));
	}

	/**
	 * What has been asked for so far.
	 * @return the requests in order of their arrival
	 */
	public List<Request> requests() {
		synchronized (this.requests) {
			return List.copyOf(this.requests);
		}
	}

	/**
	 * What has been asked for and is over, whether it was answered or not.
	 * @return the requests in order of their end
	 */
	public List<Served> served() {
		synchronized (this.served) {
			return List.copyOf(this.served);
		}
	}

	public long count(String method) {
		return requests().stream().filter((request) -> request.method().equals(method)).count();
	}

	/**
	 * Forgets the rules and the requests. Requests under way keep their rule.
	 */
	public void clear() {
		this.rules.clear();
		this.requests.clear();
		this.served.clear();
	}

	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			this.sockets.add(client);
			inBackground(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		try (client; Exchange exchange = new Exchange(client)) {
			while (exchange.receive()) {
				Request request = exchange.request();
				this.requests.add(request);
				Action action = this.rules.stream()
					.filter((rule) -> rule.applies(request))
					.findFirst()
					.map((rule) -> rule.action)
					.orElse(Exchange::pass);
				long begun = System.nanoTime();
				try {
					action.run(exchange);
				}
				finally {
					this.served.add(new Served(request, begun, System.nanoTime()));
				}
			}
		}
		finally {
			this.sockets.remove(client);
		}
	}

	/**
	 * Runs one end of a connection until somebody closes it.
	 */
	private void inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// A closed connection is what this class is for.
			}
		}, "faulty-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void pause(Duration duration) throws IOException {
		try {
			if (this.closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new EOFException("The proxy is closed");
			}
		}
		catch (InterruptedException ex) {
			throw new EOFException("The proxy is interrupted");
		}
	}

	/**
	 * What has been asked for.
	 *
	 * @param method the method
	 * @param target the path with the query, encoded as it came
	 */
	public record Request(String method, String target) {
	}

	/**
	 * A request that is over.
	 *
	 * @param request the request
	 * @param begun when it had arrived, on the scale of {@link System#nanoTime()}
	 * @param ended when its answer was sent, or would have been
	 */
	public record Served(Request request, long begun, long ended) {
	}

	/**
	 * What happens to some requests.
	 */
	public final class Rule {

		private final Predicate<Request> predicate;

		private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

		private Action action = Exchange::pass;

		private Rule(Predicate<Request> predicate) {
			this.predicate = predicate;
		}

		/**
		 * Limits the rule to the first requests; later ones go to the rules after it.
		 * @param times how many requests
		 * @return this rule
		 */
		public Rule times(int times) {
			this.left.set(times);
			return this;
		}

		/** Passes requests on. */
		public void pass() {
			then(Exchange::pass);
		}

		/**
		 * Answers without asking the server.
		 * @param status the status code
		 * @param contentType the body's type
		 * @param body the body
		 */
		public void answer(int status, String contentType, String body) {
			Message answer = new Message("HTTP/1.1 " + status + " Faulty", List.of("Content-Type: " + contentType),
					body.getBytes(StandardCharsets.UTF_8), false);
			then((exchange) -> exchange.send(answer));
		}

		/**
		 * Waits before passing requests on.
		 * @param duration how long
		 */
		public void delay(Duration duration) {
			then((exchange) -> {
				pause(duration);
				exchange.pass();
			});
		}

		/** Neither answers nor passes requests on. */
		public void hang() {
			then((exchange) -> pause(Duration.ofDays(1)));
		}

		/** Resets the connection without passing requests on. */
		public void reset() {
			then(Exchange::reset);
		}

		/** Passes requests on and then resets the connection: the answer is lost. */
		public void forwardThenReset() {
			then((exchange) -> {
				exchange.forward();
				exchange.reset();
			});
		}

		/**
		 * Closes the connection in the middle of the answer's body.
		 * @param bytes how much of the body arrives
		 */
		public void truncate(int bytes) {
			then((exchange) -> exchange.sendFirst(bytes, exchange.forward()));
		}

		/**
		 * Changes the body of answers, with a length to match.
		 * @param change makes the new body from the server's
		 */
		public void transformBody(UnaryOperator<byte[]> change) {
			then((exchange) -> {
				Message answer = exchange.forward();
				exchange.send(new Message(answer.startLine(), answer.headers(), change.apply(answer.body()), false));
			});
		}

		/**
		 * Does something, then passes requests on.
		 * @param work what to do first
		 */
		public void before(Runnable work) {
			then((exchange) -> {
				work.run();
				exchange.pass();
			});
		}

		/**
		 * Passes requests on and does something before the answer arrives.
		 * @param work what to do in between
		 */
		public void after(Runnable work) {
			then((exchange) -> {
				Message answer = exchange.forward();
				work.run();
				exchange.send(answer);
			});
		}

		private void then(Action action) {
			this.action = action;
			FaultyProxy.this.rules.add(this);
		}

		private boolean applies(Request request) {
			return this.predicate.test(request) && this.left.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
		}

	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

	@FunctionalInterface
	private interface Action {

		void run(Exchange exchange) throws IOException;

	}

	/**
	 * A client's connection, the request it has sent last, and the connection to the
	 * server that goes with it.
	 */
	private final class Exchange implements AutoCloseable {

		private final Socket client;

		private final InputStream input;

		private Message received = new Message("", List.of(), new byte[0], false);

		private @Nullable Socket upstream;

		private InputStream upstreamInput = InputStream.nullInputStream();

		Exchange(Socket client) throws IOException {
			this.client = client;
			client.setTcpNoDelay(true);
			this.input = new BufferedInputStream(client.getInputStream());
		}

		/**
		 * Waits for the next request.
		 * @return whether there is one
		 */
		boolean receive() throws IOException {
			if (this.client.isClosed() || this.received.closes()) {
				return false;
			}
			Message head = Message.readHead(this.input);
			if (head == null) {
				return false;
			}
			if ("100-continue".equalsIgnoreCase(head.header("Expect"))) {
				this.client.getOutputStream()
					.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			this.received = head.withBody(this.input, false);
			return true;
		}

		Request request() {
			String[] words = this.received.startLine().split(" ");
			return new Request(words[0], words[1]);
		}

		void pass() throws IOException {
			send(forward());
		}

		/**
		 * Asks the server.
		 * @return its answer
		 */
		Message forward() throws IOException {
			Message answer = (this.upstream != null) ? ask(this.upstream) : null;
			if (answer == null) {
				// None yet, or the server has ended an idle connection.
				answer = ask(connect());
			}
			if (answer == null) {
				throw new EOFException("The server does not answer");
			}
			if (answer.closes()) {
				disconnect();
			}
			return answer;
		}

		void send(Message answer) throws IOException {
			answer.write(this.client.getOutputStream(), answer.body().length);
		}

		void sendFirst(int bytes, Message answer) throws IOException {
			answer.write(this.client.getOutputStream(), bytes);
			this.client.close();
		}

		void reset() throws IOException {
			this.client.setSoLinger(true, 0);
			this.client.close();
		}

		@Override
		public void close() throws IOException {
			disconnect();
		}

		private @Nullable Message ask(Socket server) throws IOException {
			Message head;
			try {
				this.received.write(server.getOutputStream(), this.received.body().length);
				do {
					head = Message.readHead(this.upstreamInput);
				}
				while (head != null && head.startLine().startsWith("HTTP/1.1 1"));
			}
			catch (IOException ex) {
				disconnect();
				return null;
			}
			return (head != null) ? head.withBody(this.upstreamInput, request().method().equals("HEAD")) : null;
		}

		private Socket connect() throws IOException {
			disconnect();
			Socket server = new Socket();
			FaultyProxy.this.sockets.add(server);
			this.upstream = server;
			server.setTcpNoDelay(true);
			server.connect(new InetSocketAddress(FaultyProxy.this.target.getHost(), FaultyProxy.this.target.getPort()));
			this.upstreamInput = new BufferedInputStream(server.getInputStream());
			return server;
		}

		private void disconnect() throws IOException {
			if (this.upstream != null) {
				FaultyProxy.this.sockets.remove(this.upstream);
				this.upstream.close();
				this.upstream = null;
			}
		}

	}

	/**
	 * A request or an answer.
	 *
	 * @param startLine its first line
	 * @param headers its other lines
	 * @param body the decoded body
	 * @param bodiless whether it has none whatever its headers say
	 */
	private record Message(String startLine, List<String> headers, byte[] body, boolean bodiless) {

		static @Nullable Message readHead(InputStream input) throws IOException {
			String startLine = readLine(input);
			if (startLine == null) {
				return null;
			}
			return new Message(startLine, readHeaders(input), new byte[0], false);
		}

		/**
		 * Reads the body that belongs to a head.
		 * @param input where the head came from
		 * @param answersHead whether this is the answer to a {@code HEAD} request
		 * @return the whole message
		 */
		Message withBody(InputStream input, boolean answersHead) throws IOException {
			boolean answer = this.startLine.startsWith("HTTP/");
			boolean none = answersHead || (answer && this.startLine.matches("HTTP/1.1 (204|304).*"));
			String length = header("Content-Length");
			byte[] content = new byte[0];
			if (none) {
				return new Message(this.startLine, this.headers, content, true);
			}
			if ("chunked".equalsIgnoreCase(header("Transfer-Encoding"))) {
				content = readChunks(input);
			}
			else if (length != null) {
				content = readExactly(input, Integer.parseInt(length));
			}
			else if (answer) {
				content = input.readAllBytes();
			}
			return new Message(this.startLine, this.headers, content, false);
		}

		@Nullable String header(String name) {
			return this.headers.stream()
				.filter((line) -> named(line, name))
				.map((line) -> line.substring(name.length() + 1).strip())
				.findFirst()
				.orElse(null);
		}

		boolean closes() {
			return "close".equalsIgnoreCase(header("Connection"));
		}

		/**
		 * Writes the head, whole, and the front of the body.
		 * @param output where to
		 * @param limit how much of the body at most
		 */
		void write(OutputStream output, int limit) throws IOException {
			boolean empty = this.body.length == 0 && !this.startLine.startsWith("HTTP/")
					&& header("Content-Length") == null;
			StringBuilder head = new StringBuilder(this.startLine).append("\r\n");
			for (String line : this.headers) {
				if (this.bodiless || !(named(line, "Content-Length") || named(line, "Transfer-Encoding"))) {
					head.append(line).append("\r\n");
				}
			}
			if (!this.bodiless && !empty) {
				head.append("Content-Length: ").append(this.body.length).append("\r\n");
			}
			BufferedOutputStream buffer = new BufferedOutputStream(output);
			buffer.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
			buffer.write(this.body, 0, Math.min(limit, this.body.length));
			buffer.flush();
		}

		private static boolean named(String line, String name) {
			return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
		}

		private static List<String> readHeaders(InputStream input) throws IOException {
			List<String> headers = new ArrayList<>();
			for (String line = readLine(input); line != null && !line.isEmpty(); line = readLine(input)) {
				headers.add(line);
			}
			return headers;
		}

		private static @Nullable String readLine(InputStream input) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int next = input.read(); next != '\n'; next = input.read()) {
				if (next < 0) {
					return null;
				}
				line.write(next);
			}
			return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
		}

		private static byte[] readChunks(InputStream input) throws IOException {
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			while (true) {
				String line = readLine(input);
				int size = Integer.parseInt(String.valueOf(line).split(";")[0].strip(), 16);
				if (size == 0) {
					readHeaders(input);
					return content.toByteArray();
				}
				content.write(readExactly(input, size));
				readLine(input);
			}
		}

		private static byte[] readExactly(InputStream input, int length) throws IOException {
			byte[] content = input.readNBytes(length);
			if (content.length < length) {
				throw new EOFException("The body ends after " + content.length + " of " + length + " bytes");
			}
			return content;
		}

	}

}
