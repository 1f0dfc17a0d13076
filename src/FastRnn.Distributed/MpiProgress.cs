namespace FastRnn.Distributed;

/// <summary>Lets bytes travel while a rank computes. Open MPI moves what is longer than a buffer of a socket only within its calls, so a
/// thread makes calls every millisecond while something is under way, and sleeps otherwise.</summary>
internal sealed unsafe class MpiProgress
{
    /// <summary>No message has this tag: the call looks for one, finds none, and moves what there is to move.</summary>
    private const int NoTag = 99;

    /// <summary>A call moves what a buffer of a socket holds, about: with one a millisecond a network of 1 Gbit/s would wait for
    /// calls.</summary>
    private const int Calls = 4;

    private readonly OpenMpi mpi;
    private readonly object gate = new();
    private bool isUnderWay;
    private bool hasEnded;

    /// <summary>Begins to sleep.</summary>
    public MpiProgress(OpenMpi mpi)
    {
        this.mpi = mpi;
        new Thread(Run) { IsBackground = true, Name = "FastRnn ranks" }.Start();
    }

    /// <summary>From now on a call of the library is this thread's alone.</summary>
    public void Enter() => Monitor.Enter(gate);

    /// <summary>The call is done.</summary>
    /// <param name="isUnderWay">Whether something that was begun is not finished.</param>
    public void Exit(bool isUnderWay)
    {
        if (isUnderWay && !this.isUnderWay)
        {
            Monitor.Pulse(gate);
        }

        this.isUnderWay = isUnderWay;
        Monitor.Exit(gate);
    }

    /// <summary>No call comes any more; one that is made now is waited for, though not for ever.</summary>
    public void End(TimeSpan patience)
    {
        Volatile.Write(ref hasEnded, true);
        if (Monitor.TryEnter(gate, patience))
        {
            Monitor.Pulse(gate);
            Monitor.Exit(gate);
        }
    }

    private void Run()
    {
        while (!Volatile.Read(ref hasEnded))
        {
            lock (gate)
            {
                while (!isUnderWay && !hasEnded)
                {
                    Monitor.Wait(gate);
                }

                if (hasEnded)
                {
                    return;
                }

                int found;
                for (var i = 0; i < Calls; i++)
                {
                    _ = mpi.Probe(0, NoTag, mpi.World, &found, null);
                }
            }

            Thread.Sleep(1);
        }
    }
}
