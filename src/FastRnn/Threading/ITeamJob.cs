namespace FastRnn.Threading;

/// <summary>Work that all members of a team do at the same time, each its own part.</summary>
internal interface ITeamJob
{
    /// <summary>Does the part of <paramref name="worker"/>, from 0 to <paramref name="workers"/> - 1.</summary>
    void Execute(int worker, int workers);
}
