namespace FastRnn.Tests.Before;

/// <summary>One of the models of this folder.</summary>
internal interface IBeforeRun
{
    string Name { get; }

    /// <summary>Trains it a little and writes its files.</summary>
    /// <returns>What came of it when it went on without them.</returns>
    BeforeValues Make(string folder, int threads);

    /// <summary>Loads its files and goes on.</summary>
    BeforeValues GoOn(string folder, int threads);
}
