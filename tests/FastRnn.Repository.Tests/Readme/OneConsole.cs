namespace FastRnn.Repository.Tests.Readme;

/// <summary>Tests that look at what a program prints: there is one console, so no other test may run meanwhile.</summary>
[CollectionDefinition(nameof(OneConsole), DisableParallelization = true)]
public sealed class OneConsole;
