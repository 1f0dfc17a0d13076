namespace FastRnn.Benchmarks.Peers;

/// <content>What ours alone has: peers in a process of their own, which share the other part, know nothing of this library.</content>
internal sealed partial record Workload
{
    /// <summary>The processes that share each training step with this one; null: it is alone.</summary>
    public RankGroup? Ranks { get; init; }
}
