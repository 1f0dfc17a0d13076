namespace FastRnn.Tables;

/// <summary>What a sequence of each class counts while it is learned.</summary>
public enum ClassWeighting
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>The less, the more sequences there are of the class: <c>n / (classes * n_class)</c>, so that all classes count the same
    /// together.</summary>
    Balanced,
}
