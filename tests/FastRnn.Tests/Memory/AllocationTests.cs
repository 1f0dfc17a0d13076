namespace FastRnn.Tests.Memory;

/// <summary>Tests that count the allocations of the whole process run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationTests
{
    public const string Name = "Allocation";
}
