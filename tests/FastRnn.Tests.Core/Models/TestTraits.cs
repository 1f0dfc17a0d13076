namespace FastRnn.Tests.Models;

/// <summary>How a model wants to be tested.</summary>
[Flags]
internal enum TestTraits
{
    /// <summary>As the chain of layers that it may be, and in no other way.</summary>
    None = 0,

    /// <summary>With batches of sequences.</summary>
    Sequences = 1,

    /// <summary>Its training draws what it drops or where it starts, by a sequence's place in its batch.</summary>
    Draws = 2,

    /// <summary>A maximum or a ReLU: its derivatives have jumps.</summary>
    Kinks = 4,

    /// <summary>A layer is large enough for threads to share out its units, whatever the batch.</summary>
    Splits = 8,

    /// <summary>By the test that it was made for, and by no test of every model: it is nothing but large.</summary>
    Apart = 16,
}
