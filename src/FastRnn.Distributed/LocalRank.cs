namespace FastRnn.Distributed;

/// <summary>A rank that is a thread.</summary>
internal sealed unsafe class LocalRank(LocalMail mail, int rank) : RankGroup
{
    private readonly Queue<(int From, int Channel, nint Address, nint Bytes)> begun = new();

    /// <inheritdoc/>
    public override int Rank => rank;

    /// <inheritdoc/>
    public override int Count => mail.Count;

    /// <inheritdoc/>
    public override void BeginSend(int to, int channel, nint address, nint bytes) =>
        mail.Send(rank, to, channel, new ReadOnlySpan<byte>((void*)address, checked((int)bytes)));

    /// <inheritdoc/>
    public override void FinishSends()
    {
        // What is sent was copied.
    }

    /// <inheritdoc/>
    public override void Receive(int from, int channel, nint address, nint bytes) =>
        mail.Receive(from, rank, channel, new Span<byte>((void*)address, checked((int)bytes)));

    /// <inheritdoc/>
    public override void BeginReceive(int from, int channel, nint address, nint bytes) => begun.Enqueue((from, channel, address, bytes));

    /// <inheritdoc/>
    public override void FinishReceive()
    {
        var (from, channel, address, bytes) = begun.Dequeue();
        Receive(from, channel, address, bytes);
    }

    /// <inheritdoc/>
    public override bool TryFinishReceive()
    {
        var (from, channel, _, _) = begun.Peek();
        if (!mail.Has(from, rank, channel))
        {
            return false;
        }

        FinishReceive();
        return true;
    }

    /// <inheritdoc/>
    public override bool Abandon()
    {
        // Bytes are copied by who calls, and by nobody else.
        begun.Clear();
        return true;
    }

    /// <inheritdoc/>
    public override void Broadcast(int from, nint address, nint bytes)
    {
        if (from != rank)
        {
            Receive(from, LocalMail.ToAll, address, bytes);
            return;
        }

        for (var to = 0; to < Count; to++)
        {
            if (to != rank)
            {
                BeginSend(to, LocalMail.ToAll, address, bytes);
            }
        }
    }
}
