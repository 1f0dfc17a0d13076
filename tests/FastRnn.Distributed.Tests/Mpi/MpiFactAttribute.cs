namespace FastRnn.Distributed.Tests.Mpi;

/// <summary>A test of a job of Open MPI; where there is none it is skipped, and says why.</summary>
public sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = MpiJob.Missing;
}
