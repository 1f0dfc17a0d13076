namespace FastRnn.Fuzz;

/// <summary>What a reader did with a file.</summary>
/// <param name="IsRead">Whether it was read; else it was refused.</param>
/// <param name="Refusal">What the refusal says.</param>
/// <param name="Wrong">What a reader must not do, if it did; null otherwise.</param>
/// <param name="Allocated">Bytes that the thread allocated in all.</param>
internal readonly record struct Reading(bool IsRead, string? Refusal, string? Wrong, long Allocated);
