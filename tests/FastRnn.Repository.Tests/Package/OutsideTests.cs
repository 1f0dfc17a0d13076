namespace FastRnn.Repository.Tests.Package;

/// <summary>The tests that share one <see cref="Outside"/>, one after the other.</summary>
[CollectionDefinition(nameof(OutsideTests))]
public class OutsideTests : ICollectionFixture<Outside>;
