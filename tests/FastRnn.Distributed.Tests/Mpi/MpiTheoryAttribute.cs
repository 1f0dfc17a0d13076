namespace FastRnn.Distributed.Tests.Mpi;

/// <summary>The same for several cases.</summary>
public sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = MpiJob.Missing;
}
