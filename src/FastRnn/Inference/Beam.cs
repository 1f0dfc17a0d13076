using FastRnn.Kernels;

namespace FastRnn.Inference;

/// <summary>The beginnings that a beam search follows, and what it has found.</summary>
/// <param name="width">How many are followed.</param>
/// <param name="penalty">The power of the length by which scores are divided.</param>
/// <param name="end">What ends a sequence; -1 if nothing does.</param>
/// <param name="cap">The most tokens.</param>
internal sealed class Beam(int width, double penalty, int end, int cap)
{
    private readonly List<(int Parent, int Token)> tree = [(-1, -1)];
    private readonly List<Candidate> offers = [];
    private readonly List<Found> found = [];
    private (int Node, double Log)[] followed = [(0, 0)];
    private int length;

    /// <summary>Beginnings that are followed.</summary>
    public int Count => followed.Length;

    /// <summary>Whether nothing that is followed can become better than what was found.</summary>
    public bool IsOver => length == cap || followed.Length == 0
        || (found.Count == width && found[^1].Score >= followed[0].Log / Divisor(cap));

    /// <summary>What can follow one of them.</summary>
    /// <param name="row">Which.</param>
    /// <param name="logs">The logarithms of the probabilities of all tokens.</param>
    public void Offer(int row, ReadOnlySpan<double> logs)
    {
        for (var token = 0; token < logs.Length; token++)
        {
            var log = followed[row].Log + logs[token];
            if (token == end)
            {
                Find(followed[row].Node, log, length, hasEnded: true);
            }
            else if (!double.IsNegativeInfinity(log))
            {
                offers.Add(new Candidate(row, token, log));
            }
        }
    }

    /// <summary>Follows the best offers.</summary>
    /// <param name="rows">Receives for each the row that it goes on from; of places that are left over the first one.</param>
    /// <param name="tokens">Receives for each its token.</param>
    public void Advance(Span<int> rows, Span<int> tokens)
    {
        offers.Sort();
        var next = new (int Node, double Log)[Math.Min(width, offers.Count)];
        rows.Clear();
        tokens.Clear();
        for (var i = 0; i < next.Length; i++)
        {
            var offer = offers[i];
            next[i] = (tree.Count, offer.Log);
            tree.Add((followed[offer.Row].Node, offer.Token));
            (rows[i], tokens[i]) = (offer.Row, offer.Token);
        }

        offers.Clear();
        (followed, length) = (next, length + 1);
        for (var i = 0; length == cap && i < followed.Length; i++)
        {
            Find(followed[i].Node, followed[i].Log, length, hasEnded: false);
        }
    }

    /// <summary>What was found, the best one first.</summary>
    public IReadOnlyList<Hypothesis> Best() =>
        [.. found.Select(f => new Hypothesis(Tokens(f.Node), f.Log, f.Score, f.HasEnded))];

    private double Divisor(int tokens) => DoubleMath.Exp(penalty * DoubleMath.Log((5.0 + tokens) / 6));

    /// <summary>Keeps the best, in their order; of equal ones that which came first stays in front.</summary>
    private void Find(int node, double log, int tokens, bool hasEnded)
    {
        var score = log / Divisor(tokens);
        var place = found.Count;
        while (place > 0 && found[place - 1].Score < score)
        {
            place--;
        }

        if (place < width)
        {
            found.Insert(place, new Found(node, log, score, hasEnded));
            found.RemoveRange(Math.Min(width, found.Count), Math.Max(0, found.Count - width));
        }
    }

    private int[] Tokens(int node)
    {
        var tokens = new Stack<int>();
        for (; tree[node].Parent >= 0; node = tree[node].Parent)
        {
            tokens.Push(tree[node].Token);
        }

        return [.. tokens];
    }

    private readonly record struct Found(int Node, double Log, double Score, bool HasEnded);

    private readonly record struct Candidate(int Row, int Token, double Log) : IComparable<Candidate>
    {
        /// <summary>The more probable one first; of equal ones that of the better beginning, then the smaller token.</summary>
        public int CompareTo(Candidate other) => other.Log.CompareTo(Log) is var byLog && byLog != 0 ? byLog
            : Row.CompareTo(other.Row) is var byRow && byRow != 0 ? byRow
            : Token.CompareTo(other.Token);
    }
}
