namespace FastRnn.Distributed;

/// <summary>What ranks that are threads have sent each other and not read yet.</summary>
internal sealed class LocalMail(int count)
{
    /// <summary>The channel of what goes to all, beside 0 and 1.</summary>
    public const int ToAll = 2;

    private const int Channels = 3;

    private readonly Queue<byte[]>[] boxes = [.. Enumerable.Range(0, count * count * Channels).Select(_ => new Queue<byte[]>())];

    /// <summary>How many ranks there are.</summary>
    public int Count => count;

    /// <summary>The first exception of a rank; null if there was none.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Leaves a copy.</summary>
    public void Send(int from, int to, int channel, ReadOnlySpan<byte> bytes)
    {
        lock (boxes)
        {
            Box(from, to, channel).Enqueue(bytes.ToArray());
            Monitor.PulseAll(boxes);
        }
    }

    /// <summary>Whether something has come from a rank.</summary>
    public bool Has(int from, int to, int channel)
    {
        lock (boxes)
        {
            return Box(from, to, channel).Count > 0;
        }
    }

    /// <summary>Waits for what comes next from a rank.</summary>
    /// <exception cref="OperationCanceledException">A rank has failed.</exception>
    /// <exception cref="InvalidOperationException">It is of another length.</exception>
    public void Receive(int from, int to, int channel, Span<byte> bytes)
    {
        lock (boxes)
        {
            var box = Box(from, to, channel);
            while (box.Count == 0)
            {
                if (Failure is not null)
                {
                    throw new OperationCanceledException($"Rank {to} waits for rank {from}, and a rank has failed.");
                }

                Monitor.Wait(boxes);
            }

            var got = box.Dequeue();
            if (got.Length != bytes.Length)
            {
                throw new InvalidOperationException(
                    $"Rank {to} expected {bytes.Length} bytes of rank {from}, got {got.Length}: the ranks do not call the same methods.");
            }

            got.CopyTo(bytes);
        }
    }

    /// <summary>Lets everybody end who waits.</summary>
    public void Fail(Exception failure)
    {
        lock (boxes)
        {
            Failure ??= failure;
            Monitor.PulseAll(boxes);
        }
    }

    private Queue<byte[]> Box(int from, int to, int channel) => boxes[(((from * count) + to) * Channels) + channel];
}
