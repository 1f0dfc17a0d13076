using System.Globalization;

namespace FastRnn.Distributed;

/// <summary>The ranks of a job that <c>mpirun</c> started. <c>new TrainerOptions { Ranks = MpiRanks.Join() }</c> is all that a program
/// needs: it stays in the job until it ends, and one that was not started by <c>mpirun</c> is a rank alone, for which no MPI need be
/// installed.</summary>
/// <remarks>A rank that throws what it does not catch, or ends with another exit code than 0, ends the whole job, and says which it is.
/// Rank 0 has the first word: what all ranks find (a loss that is not a number, a file that cannot be written) is said once.</remarks>
public sealed unsafe class MpiRanks : RankGroup
{
    /// <summary>MPI counts bytes in an int.</summary>
    private const int MostBytes = 1 << 30;

    /// <summary>Between hosts longer messages are cut. Open MPI sends up to 64 KB over TCP at once (<c>btl_tcp_eager_limit</c>); of what is
    /// longer a rank first asks the other one, whose answer waits behind the gradients that are on their way back.</summary>
    private const int NetworkBytes = 60 << 10;

    /// <summary>How long bytes that are on their way when a step fails may take to arrive.</summary>
    private static readonly TimeSpan LastWay = TimeSpan.FromSeconds(0.5);

    /// <summary>How long ranks wait for what rank 0 has to say: with it the job has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Lock Gate = new();
    private static RankGroup? joined;

    private readonly OpenMpi mpi;
    private readonly RequestQueue sends = new(), receives = new();

    /// <summary>Of each piece that is begun to receive whether it is the last of its bytes.</summary>
    private readonly Queue<bool> pieces = new();
    private readonly MpiProgress progress;

    /// <summary>How much a message holds: within a host, where it is copied once, as much as there is.</summary>
    private readonly int piece;
    private volatile bool isInCall;
    private volatile bool hasLeft;
    private volatile bool isBroken;

    private MpiRanks(OpenMpi mpi, int expected)
    {
        this.mpi = mpi;
        int level, rank, size;
        OpenMpi.Check(mpi.Open(null, null, OpenMpi.Serialized, &level), "MPI_Init_thread");
        if (level < OpenMpi.Serialized)
        {
            throw new MpiException(string.Create(
                CultureInfo.InvariantCulture,
                $"Open MPI lets one thread alone call it: expected level {OpenMpi.Serialized} (MPI_THREAD_SERIALIZED), got {level}."));
        }

        OpenMpi.Check(mpi.Rank(mpi.World, &rank), "MPI_Comm_rank");
        OpenMpi.Check(mpi.Size(mpi.World, &size), "MPI_Comm_size");
        if (expected > 1 && size == 1)
        {
            throw new MpiException(string.Create(
                CultureInfo.InvariantCulture,
                $"This process is one of {expected}, and Open MPI finds itself alone: start the job with the mpirun of Open MPI."));
        }

        (Rank, Count) = (rank, size);
        piece = Number("OMPI_COMM_WORLD_LOCAL_SIZE") == size ? MostBytes : NetworkBytes;
        progress = new MpiProgress(mpi);
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Fail(e.ExceptionObject);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave(Environment.ExitCode);
    }

    /// <inheritdoc/>
    public override int Rank { get; }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <summary>Whether <c>mpirun</c>, or what does its work on a cluster, started this process.</summary>
    public static bool IsInJob => ExpectedCount is not null;

    /// <summary>Joins the job that this process belongs to; the same object each time. It is left when the process ends.</summary>
    /// <returns>The ranks; a rank alone if nothing started several processes.</returns>
    /// <exception cref="MpiException">Open MPI is not installed, or the job is another MPI's.</exception>
    public static RankGroup Join()
    {
        lock (Gate)
        {
            return joined ??= ExpectedCount is { } expected ? new MpiRanks(OpenMpi.Load(), expected) : LocalRanks.Alone;
        }
    }

    /// <summary>Lets rank 0 speak first of what all ranks have found: afterwards only a rank that failed alone is still there.</summary>
    /// <remarks>Programs call it before they say what went wrong on their own.</remarks>
    public void Defer()
    {
        if (!IsFirst)
        {
            // What was under way belongs to a step that failed: it must not arrive in memory that its trainer gives back meanwhile.
            progress.End(Patience);
            Thread.Sleep(Patience);
        }
    }

    /// <summary>Leaves the job, and waits until all ranks do. The end of the process does it where its exit code is 0; a program calls it
    /// where all ranks end with another one in good order. Where a step was given up that others were in, the job ends instead.</summary>
    public void Leave()
    {
        if (isBroken)
        {
            Leave(Environment.ExitCode);
        }
        else if (!hasLeft)
        {
            hasLeft = true;
            progress.End(Patience);
            using var call = new Call(this);
            OpenMpi.Check(mpi.Close(), "MPI_Finalize");
        }
    }

    /// <inheritdoc/>
    public override void BeginSend(int to, int channel, nint address, nint bytes)
    {
        using var call = new Call(this);
        for (nint done = 0; done < bytes; done += piece)
        {
            OpenMpi.Check(
                mpi.Send((byte*)address + done, Count32(bytes - done), mpi.Byte, to, channel, mpi.World, sends.Next()), "MPI_Isend");
        }
    }

    /// <inheritdoc/>
    public override void FinishSends()
    {
        using var call = new Call(this);
        OpenMpi.Check(mpi.WaitAll(sends.Count, sends.First, null), "MPI_Waitall");
        sends.Clear();
    }

    /// <inheritdoc/>
    public override void Receive(int from, int channel, nint address, nint bytes)
    {
        using var call = new Call(this);
        for (nint done = 0; done < bytes; done += piece)
        {
            OpenMpi.Check(mpi.Receive((byte*)address + done, Count32(bytes - done), mpi.Byte, from, channel, mpi.World, null), "MPI_Recv");
        }
    }

    /// <inheritdoc/>
    public override void BeginReceive(int from, int channel, nint address, nint bytes)
    {
        using var call = new Call(this);
        for (nint done = 0; done < bytes; done += piece)
        {
            OpenMpi.Check(
                mpi.BeginReceive((byte*)address + done, Count32(bytes - done), mpi.Byte, from, channel, mpi.World, receives.Next()),
                "MPI_Irecv");
            pieces.Enqueue(done + piece >= bytes);
        }
    }

    /// <inheritdoc/>
    public override void FinishReceive()
    {
        using var call = new Call(this);
        for (var isLast = false; !isLast;)
        {
            isLast = pieces.Dequeue();
            OpenMpi.Check(mpi.Wait(receives.Take(), null), "MPI_Wait");
        }
    }

    /// <inheritdoc/>
    public override bool TryFinishReceive()
    {
        using var call = new Call(this);
        for (var isLast = false; !isLast;)
        {
            int done;
            OpenMpi.Check(mpi.Test(receives.First, &done, null), "MPI_Test");
            if (done == 0)
            {
                return false;
            }

            isLast = pieces.Dequeue();
            receives.Take();
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Abandon()
    {
        if (hasLeft)
        {
            return true;
        }

        // Others wait for what this rank does not send any more: the job cannot end in good order.
        isBroken = true;
        using var call = new Call(this);
        receives.Cancel(mpi);
        pieces.Clear();
        return receives.HaveEnded(mpi, LastWay) & sends.HaveEnded(mpi, LastWay);
    }

    /// <inheritdoc/>
    public override void Broadcast(int from, nint address, nint bytes)
    {
        using var call = new Call(this);
        for (nint done = 0; done < bytes; done += MostBytes)
        {
            OpenMpi.Check(
                mpi.Broadcast((byte*)address + done, (int)Math.Min(MostBytes, bytes - done), mpi.Byte, from, mpi.World), "MPI_Bcast");
        }
    }

    /// <summary>How many processes there should be: those of Open MPI's own variables, of PMIx or of older managers of jobs.</summary>
    private static int? ExpectedCount => Number("OMPI_COMM_WORLD_SIZE") ?? Number("PMI_SIZE") ?? (Number("PMIX_RANK") is null ? null : 0);

    private int Count32(nint bytes) => (int)Math.Min(piece, bytes);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : null;

    /// <summary>Says what ended this rank, and ends the job.</summary>
    private void Fail(object exception) =>
        End(1, $"({Environment.MachineName}, process {Environment.ProcessId}) failed: {exception}");

    /// <summary>The orderly end, which waits for all ranks; or, where this rank has failed, the end of the job. A process that is stopped
    /// while it waits for another rank just ends: what started the job notices.</summary>
    private void Leave(int code)
    {
        if (isInCall || hasLeft)
        {
            return;
        }

        if (code == 0 && !isBroken)
        {
            Leave();
            return;
        }

        hasLeft = true;
        if (code == 0)
        {
            End(1, "gave up a step that others were in, so the job ends.");
        }
        else
        {
            End(code, null);
        }
    }

    /// <summary>Ends the job, when rank 0 has had the first word, and says what there is to say of this rank.</summary>
    private void End(int code, string? text)
    {
        Defer();
        if (text is not null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FastRnn: rank {Rank} of {Count} {text}"));
            Console.Error.Flush();
        }

        progress.End(Patience);
        mpi.Abort(mpi.World, code);
    }

    /// <summary>Notes that a call of the library is under way, and lets no other one begin.</summary>
    private readonly ref struct Call
    {
        private readonly MpiRanks owner;

        public Call(MpiRanks owner)
        {
            this.owner = owner;
            owner.progress.Enter();
            owner.isInCall = true;
        }

        public void Dispose()
        {
            owner.isInCall = false;
            owner.progress.Exit(owner.sends.Count + owner.receives.Count > 0);
        }
    }
}
