namespace FastRnn.Samples.Keywords;

/// <summary>What is heard besides the words.</summary>
internal enum Background
{
    White,
    Pink,
    Hum,
    Babble,
}
