namespace FastRnn.Distributed.Tests.Models;

/// <summary>A rank that is a thread, and by chance finds that bytes have not arrived yet when it is asked without waiting; it
/// counts.</summary>
internal sealed class WatchedRank(RankGroup rank, int seed, double late) : RankGroup
{
    private readonly Random random = new(seed);

    /// <summary>How often something had arrived, and had not, when it was asked for.</summary>
    public (int Yes, int No) Answers { get; private set; }

    /// <summary>How often it was asked to give up.</summary>
    public int Abandoned { get; private set; }

    /// <summary>Whether the memory may be given back then.</summary>
    public bool Forgets { get; init; } = true;

    public override int Rank => rank.Rank;

    public override int Count => rank.Count;

    public override void BeginSend(int to, int channel, nint address, nint bytes) => rank.BeginSend(to, channel, address, bytes);

    public override void FinishSends() => rank.FinishSends();

    public override void Receive(int from, int channel, nint address, nint bytes) => rank.Receive(from, channel, address, bytes);

    public override void BeginReceive(int from, int channel, nint address, nint bytes) => rank.BeginReceive(from, channel, address, bytes);

    public override void FinishReceive() => rank.FinishReceive();

    public override bool TryFinishReceive()
    {
        // What comes early may come late: the others must not depend on it. Late is what this rank says, whatever the other has done.
        var has = random.NextDouble() >= late;
        if (has)
        {
            rank.FinishReceive();
        }

        Answers = has ? (Answers.Yes + 1, Answers.No) : (Answers.Yes, Answers.No + 1);
        return has;
    }

    public override bool Abandon()
    {
        Abandoned++;
        return rank.Abandon() && Forgets;
    }

    public override void Broadcast(int from, nint address, nint bytes) => rank.Broadcast(from, address, bytes);
}
