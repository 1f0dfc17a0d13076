namespace FastRnn.Repository.Tests.Native;

/// <summary>The tests that share one <see cref="NativeProgram"/>.</summary>
[CollectionDefinition(nameof(NativeTests))]
public class NativeTests : ICollectionFixture<NativeProgram>;
