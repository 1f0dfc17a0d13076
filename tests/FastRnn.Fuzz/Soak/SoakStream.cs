using System.Runtime.InteropServices;

using FastRnn.Inference;

namespace FastRnn.Fuzz.Soak;

/// <summary>A session that reads the stream on and on, and a hash of what it puts out.</summary>
/// <param name="input">What it reads.</param>
/// <param name="model">The weights.</param>
/// <param name="longest">Samples of a call at most.</param>
/// <param name="varies">Whether calls have drawn lengths, and some are single steps; else all are as long.</param>
internal sealed class SoakStream(SoakInput input, SoakedEffect model, int longest, bool varies) : IDisposable
{
    private readonly float[] x = new float[longest];
    private readonly float[] y = new float[longest];
    private readonly SessionState<SoakedEffect> state = new();
    private Session<SoakedEffect> session = Create(model);

    /// <summary>Of all outputs since the last mark, in their order.</summary>
    public ulong Hash { get; private set; }

    /// <summary>What the steps since the last mark have allocated.</summary>
    public long Allocated { get; private set; }

    /// <summary>Goes on to a mark.</summary>
    /// <param name="from">The place in the stream.</param>
    /// <param name="to">The place of the mark.</param>
    public void Run(long from, long to)
    {
        var random = new Random(unchecked((int)from));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var hash = 0UL;
        for (int count; from < to; from += count)
        {
            count = (int)Math.Min(varies ? random.Next(1, longest + 1) : longest, to - from);
            var read = x.AsSpan(0, count);
            var written = y.AsSpan(0, count);
            input.Read(from, read);
            if (varies && count % 8 == 0)
            {
                for (var i = 0; i < count; i++)
                    session.Step(read.Slice(i, 1), written.Slice(i, 1));
            }
            else
            {
                session.Run(read, written);
            }

            foreach (var bits in MemoryMarshal.Cast<float, uint>(written))
                hash = unchecked((hash ^ bits) * 0x9E3779B97F4A7C15) + (hash >> 29);
        }

        (Hash, Allocated) = (hash, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>What it carries; overwritten by the next call.</summary>
    public SessionState<SoakedEffect> State()
    {
        session.GetState(state);
        return state;
    }

    /// <summary>Saves what it carries, ends the session, and goes on in another one from the file.</summary>
    public void Renew(string path)
    {
        State().Save(path, model);
        session.Dispose();
        session = Create(model);
        Load(path);
    }

    /// <summary>Goes on from a file.</summary>
    public void Load(string path) => session.SetState(SessionState<SoakedEffect>.Load(path, model));

    public void Dispose() => session.Dispose();

    private static Session<SoakedEffect> Create(SoakedEffect model) => model.CreateSession(new() { Threads = 1 });
}
