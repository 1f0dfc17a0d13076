using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FastRnn;

/// <summary>Processes that train one model together, each on a part of every batch: what a trainer is given as
/// <c>TrainerOptions.Ranks</c>. Every one of them runs the same program with the same data, and ends with the bits that one process would
/// have. The ranks of an MPI job are in the package FastRnn.Distributed.</summary>
/// <remarks>What is sent from one rank to another on one channel arrives in the order in which it was sent. All ranks call the methods in
/// an order that fits: who receives waits for who sends. One thread at a time.</remarks>
public abstract class RankGroup
{
    /// <summary>Sums come back from the last rank one by one; where there are more ranks than this, as a tree of two branches, which sends
    /// everything twice and has fewer stations.</summary>
    public const int LongestRow = 8;

    private const int TextBytes = 256;

    /// <summary>The number of this process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>Whether this is rank 0, the one that writes files and should be the one that prints.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Begins to send bytes to another rank; they may not change before <see cref="FinishSends"/>.</summary>
    /// <param name="to">Who receives them.</param>
    /// <param name="channel">0 or 1: what is sent on one does not wait for what is sent on the other.</param>
    /// <param name="address">Where they are, in memory that does not move.</param>
    /// <param name="bytes">How many.</param>
    public abstract void BeginSend(int to, int channel, nint address, nint bytes);

    /// <summary>Waits until everything that was begun is sent.</summary>
    public abstract void FinishSends();

    /// <summary>Waits for bytes from another rank.</summary>
    /// <param name="from">Who sends them.</param>
    /// <param name="channel">Where they come from: the sender's channel.</param>
    /// <param name="address">Where they go, in memory that does not move.</param>
    /// <param name="bytes">How many: as many as are sent.</param>
    public abstract void Receive(int from, int channel, nint address, nint bytes);

    /// <summary>The same without waiting: bytes arrive when they want. A channel is read in one of both ways.</summary>
    /// <inheritdoc cref="Receive" path="/param"/>
    public abstract void BeginReceive(int from, int channel, nint address, nint bytes);

    /// <summary>Waits for the first of the bytes that were begun to receive and not waited for.</summary>
    public abstract void FinishReceive();

    /// <summary>The same without waiting. A group that cannot look says no, and is asked to wait when nothing else is left to do.</summary>
    /// <returns>Whether they have arrived; otherwise they are still to be waited for.</returns>
    public virtual bool TryFinishReceive() => false;

    /// <summary>Ends what was begun, because a step has failed within it and its memory is to be given back. Nothing else is asked of the
    /// group afterwards.</summary>
    /// <returns>Whether nothing will be read from or written to that memory any more. A group that does not know says no; then the memory
    /// stays until the process ends.</returns>
    public virtual bool Abandon() => false;

    /// <summary>All ranks get the bytes of one of them.</summary>
    /// <param name="from">Whose bytes.</param>
    /// <param name="address">Where they are, or go to, in memory that does not move.</param>
    /// <param name="bytes">How many; the same on all ranks.</param>
    public abstract void Broadcast(int from, nint address, nint bytes);

    /// <summary>The number that rank 0 has, on all ranks: what a clock or chance decides has to be decided once.</summary>
    /// <param name="value">This rank's number; only that of rank 0 counts.</param>
    public unsafe double FromFirst(double value)
    {
        Broadcast(0, (nint)(&value), sizeof(double));
        return value;
    }

    /// <summary>What rank 0 says, on all ranks.</summary>
    /// <param name="value">What this rank says; only that of rank 0 counts.</param>
    public bool FromFirst(bool value) => FromFirst(value ? 1.0 : 0.0) != 0;

    /// <summary>Refuses to go on where a rank has something else than rank 0: another program, model or file would give a result that
    /// belongs to none of them.</summary>
    /// <param name="what">What is compared: <c>model</c>.</param>
    /// <param name="value">What this rank has; a long text is compared by its hash.</param>
    /// <exception cref="InvalidOperationException">They differ: on every rank, with the first rank that differs and both texts.</exception>
    public unsafe void Agree(string what, string value)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(value);
        var (own, first, other) = (Digest(value), "", "");
        var buffer = stackalloc byte[TextBytes];
        var different = -1;
        for (var rank = 0; rank < Count; rank++)
        {
            var bytes = new Span<byte>(buffer, TextBytes);
            bytes.Clear();
            if (rank == Rank)
            {
                Encoding.UTF8.GetBytes(own, bytes);
            }

            Broadcast(rank, (nint)buffer, TextBytes);
            var text = Encoding.UTF8.GetString(bytes[..Math.Max(0, bytes.LastIndexOfAnyExcept((byte)0) + 1)]);
            if (rank == 0)
            {
                first = text;
            }
            else if (text != first && different < 0)
            {
                (different, other) = (rank, text);
            }
        }

        if (different >= 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Rank {different} of {Count} has another {what} than rank 0: expected '{first}', got '{other}'."));
        }
    }

    /// <summary>Short enough to be sent as it is, or its begin and a hash of all of it.</summary>
    private static string Digest(string value)
    {
        const int Shown = 96;
        return value.Length <= Shown && Encoding.UTF8.GetByteCount(value) <= TextBytes
            ? value
            : $"{string.Concat(value.AsSpan(0, Math.Min(Shown, value.Length)).ToString().Where(char.IsAscii))}... "
                + $"(SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 8))})";
    }
}
