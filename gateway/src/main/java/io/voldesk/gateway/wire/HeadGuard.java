package io.voldesk.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Ends a connection whose request head is ambiguous or does not come to its end in time, and one on which nothing is asked for
 * long. A request that is being answered is left alone, however long that takes: its route has a time of its own.
 */
public final class HeadGuard extends ChannelInboundHandlerAdapter {
    /**
     * @param http2 whether HTTP/2 is spoken in clear text
     * @param head how long a head may take, a new connection's first one included
     * @param idle how long a connection is kept on which nothing is asked
     */
    record Limits(boolean http2, Duration head, Duration idle) {
        static Limits configured() {
            var config = ConfigProvider.getConfig();
            return new Limits(
                    config.getValue("quarkus.http.http2", Boolean.class),
                    config.getValue("voldesk.edge.head-time", Duration.class),
                    config.getValue("voldesk.edge.idle-time", Duration.class));
        }
    }

    private final Limits limits;
    private final HeadReader reader;
    private final AtomicInteger unanswered = new AtomicInteger();
    private boolean waitingForHead = true;
    private volatile long since;
    private volatile boolean over;
    /** Nothing more is read, what has been passed on is answered; {@link #owed} is said after that. */
    private boolean refused;

    private Runnable owed;

    private Future<?> watch;

    HeadGuard(Limits limits) {
        this.limits = limits;
        this.reader = new HeadReader(limits.http2());
    }

    /** To be called once for each request, when its answer is over. */
    public static void answered(HttpConnection connection) {
        of(connection).ifPresent(guard -> {
            guard.since = System.nanoTime();
            if (guard.unanswered.decrementAndGet() <= 0 && guard.owed != null) {
                guard.owed.run();
            }
        });
    }

    /** From here on nothing that comes on the connection is a request: it is about to be closed. */
    public static void isLast(HttpConnection connection) {
        of(connection).ifPresent(guard -> guard.over = true);
    }

    /** Whether {@link #isLast} was said of an earlier request: what was sent behind that one is not to be answered. */
    public static boolean isOver(HttpConnection connection) {
        return of(connection).filter(guard -> guard.over).isPresent();
    }

    private static Optional<HeadGuard> of(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                ? Optional.ofNullable(base.channelHandlerContext().pipeline().get(HeadGuard.class))
                : Optional.empty();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        since = System.nanoTime();
        long period =
                Math.max(100, Math.min(limits.head().toMillis(), limits.idle().toMillis()) / 4);
        watch = context.executor().scheduleWithFixedDelay(() -> watch(context), period, period, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (watch != null) {
            watch.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes) || reader.beyond()) {
            context.fireChannelRead(message);
            return;
        }
        if (over || refused || reader.over()) {
            bytes.release();
            return;
        }
        String wrong = reader.read(bytes);
        int ended = reader.headsEnded();
        unanswered.addAndGet(ended);
        if (wrong != null) {
            if (ended > 0) {
                bytes.writerIndex(reader.end());
                context.fireChannelRead(bytes);
            } else {
                bytes.release();
            }
            refuse(context, "400 Bad Request", wrong);
            return;
        }
        if (reader.withinHead() && (ended > 0 || !waitingForHead)) {
            since = System.nanoTime();
        }
        waitingForHead = reader.withinHead();
        if (reader.over()) {
            bytes.writerIndex(reader.end());
        }
        context.fireChannelRead(bytes);
    }

    private void watch(ChannelHandlerContext context) {
        if (reader.beyond() || refused) {
            return;
        }
        long waited = System.nanoTime() - since;
        if (waitingForHead && waited > limits.head().toNanos()) {
            if (reader.withinHead()) {
                refuse(context, "408 Request Timeout", "the request did not come to its end in time");
            } else {
                context.close();
            }
        } else if (!waitingForHead
                && unanswered.get() <= 0
                && waited > limits.idle().toNanos()) {
            context.close();
        }
    }

    /** After the answers to earlier requests on the connection, between which nothing may be written. */
    private void refuse(ChannelHandlerContext context, String status, String reason) {
        refused = true;
        if (unanswered.get() > 0) {
            owed = () -> answer(context, status, reason);
        } else {
            answer(context, status, reason);
        }
    }

    private static void answer(ChannelHandlerContext context, String status, String reason) {
        String body =
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%s,\"detail\":\"%s\",\"instance\":null,\"errors\":[],\"trace_id\":null}"
                        .formatted(status.substring(4), status.substring(0, 3), reason);
        String answer =
                "HTTP/1.1 %s\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(status, body.length(), body);
        context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
